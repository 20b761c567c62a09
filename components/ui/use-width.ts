import { useEffect, useRef, useState, type RefObject } from "react";

/** How wide the element is that the ref is put on, px; 0 before it stands. */
export function useWidth<T extends HTMLElement = HTMLDivElement>(): readonly [RefObject<T | null>, number] {
  const box = useRef<T>(null);
  const [widthPx, setWidthPx] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidthPx(element.clientWidth));
    observer.observe(element);
    setWidthPx(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  return [box, widthPx];
}
