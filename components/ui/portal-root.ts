"use client";
import { createContext, useContext } from "react";

/** Where dialogs, menus and lists open: the page's body, unless the part that opens them lives in another window. */
const PortalRoot = createContext<HTMLElement | null>(null);

export const PortalRootProvider = PortalRoot.Provider;

/** For Radix's `Portal`: nothing is the page's body. */
export function usePortal(): { readonly container?: HTMLElement } {
  const container = useContext(PortalRoot);
  return container ? { container } : {};
}
