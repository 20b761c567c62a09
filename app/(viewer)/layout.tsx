import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "../viewer.css";

export const metadata: Metadata = { title: "开播", robots: { index: false } };
export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: "#8f1d1a",
};

/** Pages that viewers open inside WeChat: static, Chinese, and without the console's strings, parts and styles. */
export default function ViewerLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="zh-CN">
      <body>{children}</body>
    </html>
  );
}
