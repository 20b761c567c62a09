import { ViewerPage } from "#components/viewer/viewer-page.tsx";

/**
 * One page from the build for every show: `/v/<id>` is rewritten to it (next.config.js) and the browser reads the id from the address. Were the
 * id a parameter of the route, each show's page would be rendered on demand, with inline scripts whose hashes the policy can't know.
 */
export default function Page() {
  return <ViewerPage />;
}
