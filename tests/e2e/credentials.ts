/** Of the throw-away server of one run. */
export const adminPassword = "e2e-only-password";
export const apiToken = "e2e-only-token-0123456789abcdef";
