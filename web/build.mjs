// Builds kg/serve/static/built from the packages of package-lock.json; nothing is fetched when the pages run.
import { build } from "esbuild";
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";

const target = new URL("../kg/serve/static/built/", import.meta.url).pathname;
mkdirSync(target, { recursive: true });

await build({
  entryPoints: { editor: "src/editor.js", picture: "src/picture.js" },
  outdir: target,
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "eof",
  loader: { ".svg": "dataurl", ".woff": "dataurl", ".woff2": "dataurl", ".ttf": "dataurl" },
  define: { global: "globalThis", "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});

const versions = JSON.parse(readFileSync(new URL("package.json", import.meta.url))).dependencies;
writeFileSync(`${target}versions.json`, JSON.stringify(versions, null, 1) + "\n");
