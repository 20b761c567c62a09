/** Heights in px, from above: marks, plot, shifts, times. */
export const MARKS_PX = 44;
export const PLOT_PX = 108;
export const SHIFTS_PX = 16;
export const TIMES_PX = 18;
export const AXIS_PX = MARKS_PX + PLOT_PX + SHIFTS_PX + TIMES_PX;
