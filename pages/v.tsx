import { ViewerPage } from "#components/viewer/viewer-page.tsx";

/**
 * One page from the build for every show: `/v/<id>` is rewritten to it (next.config.js) and the browser reads the id from the address. It stands
 * here and not in `app/`, because the router of `app/` weighs 19 kB more than a page on a cheap phone needs: docs/decisions/0006-viewer-page.md.
 */
export default function Page() {
  return <ViewerPage />;
}
