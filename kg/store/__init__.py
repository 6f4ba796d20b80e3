"""The store on disk: one writer, published generations, named queries."""
