// What a page weighs.
import { type Page } from "@playwright/test";

/** What a page loads from now on, and how much that is as it is sent: page and files, without their headers. */
export const weigh = (page: Page) => {
  const weights: Promise<[string, number]>[] = [];
  page.on("requestfinished", (request) =>
    weights.push(request.sizes().then(({ responseBodySize }) => [new URL(request.url()).pathname, responseBodySize])),
  );
  return async () => {
    const all = await Promise.all(weights);
    return { loaded: all.map(([path, bytes]) => `${path} ${bytes}`), weight: all.reduce((sum, [, bytes]) => sum + bytes, 0) };
  };
};
