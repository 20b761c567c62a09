/** Heights in px, from above: two rows of labels and the rail of acts without one, plot, shifts, times. */
export const LABEL_ROW_PX = 18;
export const LABEL_ROWS = 2;
export const RAIL_TOP_PX = LABEL_ROWS * LABEL_ROW_PX + 1;
export const RAIL_PX = 20;
export const MARKS_PX = RAIL_TOP_PX + RAIL_PX + 3;
export const PLOT_PX = 108;
export const SHIFTS_PX = 16;
export const TIMES_PX = 18;
export const AXIS_PX = MARKS_PX + PLOT_PX + SHIFTS_PX + TIMES_PX;
