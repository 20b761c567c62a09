import { ASK_AHEAD } from "#components/viewer/ask-ahead.ts";
import { Head, Html, Main, NextScript } from "next/document";

/** Chinese as it is delivered; the page itself turns to English for who reads that. */
export default function ViewerDocument() {
  return (
    <Html lang="zh-CN">
      <Head>
        <script dangerouslySetInnerHTML={{ __html: ASK_AHEAD }} />
        <meta name="theme-color" content="#8f1d1a" />
        {/* A phone in the dark turns the colours of pages that say nothing. */}
        <meta name="color-scheme" content="only light" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" sizes="any" />
      </Head>
      <body>
        <Main />
        <NextScript />
      </body>
    </Html>
  );
}
