// Every page there is, as the program's site map names it: `make docs` writes the list.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export type Row = { path: string; area: string; title: string };

export const PAGES: Row[] = JSON.parse(readFileSync(join(__dirname, "sitemap.json"), "utf8"));

/** An address of a page; what stands for anything is something that is not there. */
export const address = ({ path }: Row) => path.replace(/:\w+/g, "x");
