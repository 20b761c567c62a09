/** Room left of the plot for the amounts, and right of it for the numbers at the lines' ends. Apart from the chart, which is loaded later. */
export const COURSE_LEFT_PX = 72;
export const COURSE_RIGHT_PX = 28;
