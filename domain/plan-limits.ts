/** How large a plan may be, for the rules and for those who read a sheet before it is sent. */
export const PRODUCTS_MAX = 500;
/** Of one product. */
export const SKUS_MAX = 100;
/** SKUs of all products that one sheet brings. */
export const SHEET_SKUS_MAX = 2_000;
