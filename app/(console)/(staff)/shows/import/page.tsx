import type { Metadata } from "next";
import { NewFromFilePage } from "#components/import/new-from-file-page.tsx";

export const metadata: Metadata = { title: "从文件建一场" };

export default function NewFromFile() {
  return <NewFromFilePage />;
}
