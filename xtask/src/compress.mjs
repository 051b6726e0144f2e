// Puts a compressed copy beside each file of a folder, for each way that browsers understand.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const files = readdirSync(process.argv[2], { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
await Promise.all(
  files.map(async ({ parentPath, path, name }) => {
    const file = join(parentPath ?? path, name);
    const bytes = readFileSync(file);
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_LGWIN]: 22 };
    const copies = { br: promisify(brotliCompress)(bytes, { params }), gz: promisify(gzip)(bytes, { level: 9 }) };
    for (const [ending, copy] of Object.entries(copies)) {
      const shorter = await copy;
      if (shorter.length < bytes.length) writeFileSync(`${file}.${ending}`, shorter);
    }
  }),
);
