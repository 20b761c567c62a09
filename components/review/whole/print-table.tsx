import { cellText, isNumeric } from "./cell-text.ts";
import styles from "./print.module.css";
import type { Block, Column } from "./report-table.ts";

/** A table on paper: everything in it is written out, nothing waits for a pointer. */
export function PrintTable({ block, showDay }: { block: Block; showDay: string }) {
  const { title, note, columns, rows, empty } = block;
  return (
    <div className="mt-3">
      {title ? <h3 className="text-sm font-semibold">{title}</h3> : null}
      {note ? <p className="pb-1 text-xs text-dim">{note}</p> : null}
      {rows.length === 0 ? (
        <p className="text-xs text-dim">{empty}</p>
      ) : (
        <table className={styles["table"]} aria-label={title}>
          <thead>
            <tr>
              {columns.map(({ id, label, kind, wide }) => (
                <th key={id} className={isNumeric(kind) ? styles["number"] : wide ? styles["wide"] : undefined}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, cells }) => (
              <tr key={id}>
                {columns.map((column, index) => {
                  const cell = cells[index] ?? { value: null };
                  const said = cellText(cell, column.kind, showDay);
                  return (
                    <td key={column.id} className={classOf(column.kind, said)}>
                      {said}
                      {cell.beside ? <span className={styles["why"]}> {cell.beside}</span> : null}
                      {cell.value === null && cell.why ? <span className={styles["why"]}> {cell.why}</span> : null}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** Chinese breaks between any two signs: a word or a time of day would stand as a tower beside a long name. */
const SHORT = 8;

function classOf(kind: Column["kind"], said: string): string | undefined {
  if (isNumeric(kind)) return styles["number"];
  return said.length <= SHORT ? styles["short"] : undefined;
}
