import type { AppProps } from "next/app";
import Head from "next/head";
import "./viewer.css";

export default function ViewerApp({ Component, pageProps }: AppProps) {
  return (
    <>
      <Head>
        <title>开播</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      </Head>
      <Component {...pageProps} />
    </>
  );
}
