import { NotFound } from "#components/shell/problem-pages.tsx";

export default function NotFoundPage() {
  return <NotFound />;
}
