const keptNowhere = [
  { key: "cache-control", value: "private, no-store" },
  { key: "x-robots-tag", value: "noindex, nofollow, noarchive" },
  { key: "referrer-policy", value: "no-referrer" },
];

/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // Next takes only "localhost" for its own; our address is 127.0.0.1, and without hot reload a page in development stays dead.
  allowedDevOrigins: ["127.0.0.1"],
  devIndicators: false,
  // Fastify is in front and compresses nothing twice; the pages are small.
  compress: true,
  // `npm run check` type-checks everything once; a build on a newcomer's machine need not.
  typescript: { ignoreBuildErrors: true },
  typedRoutes: false,
  // No page of the two routers links to one of the other, so none needs a list of what belongs to which.
  experimental: { clientRouterFilter: false },
  // One static page for the viewers of every show; see pages/v.tsx.
  rewrites: () => Promise.resolve([{ source: "/v/:id", destination: "/v" }]),
  headers: () =>
    Promise.resolve([
      {
        source: "/v/:id*",
        headers: [
          // Asked for again each time: WeChat and caches on the way would else keep a page whose scripts are gone after the next release.
          { key: "cache-control", value: "public, no-cache" },
          // For the policy of its scripts (server/web/proxy.ts): it is from the build, and Next says so of the pages of app/ alone.
          { key: "x-kaibo-prerender", value: "1" },
        ],
      },
      {
        // The address is the key: it is kept nowhere, indexed nowhere and told to nobody.
        source: "/r/:token*",
        headers: keptNowhere,
      },
      { source: "/forward/:token*", headers: keptNowhere },
    ]),
  // Headers for security are set where the pages leave the server: server/web/page-security.ts.
};
