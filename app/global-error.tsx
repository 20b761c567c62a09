"use client";

/** The frame itself failed, so neither strings nor styles can be counted on. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="zh-CN">
      <body
        style={{
          margin: 0,
          minHeight: "100vh",
          display: "grid",
          placeItems: "center",
          background: "#0f1319",
          color: "#e8ecf1",
          font: "16px/1.7 sans-serif",
        }}
      >
        <main style={{ maxWidth: 420, padding: 24, textAlign: "center" }}>
          <h1 style={{ fontSize: 18 }}>页面出错了 · This page failed</h1>
          <p>
            已经记录的操作都在,没有丢。刷新再试;如果一直这样,把编号发给管理员。
            <br />
            Everything that was recorded is safe. Reload and try again.
          </p>
          {error.digest ? <p style={{ fontFamily: "monospace" }}>{error.digest}</p> : null}
          <button type="button" onClick={reset} style={{ font: "inherit", padding: "6px 20px" }}>
            重试 · Try again
          </button>
        </main>
      </body>
    </html>
  );
}
