import { createContext, useContext, useId, type ReactNode } from "react";
import { cn } from "./cn.ts";

type FieldLink = {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
};
const FieldContext = createContext<FieldLink | null>(null);

/** What an input in a `Field` puts on its element: id, description, invalid. */
export function useFieldProps(own: { id?: string | undefined }) {
  const link = useContext(FieldContext);
  return {
    id: own.id ?? link?.id,
    "aria-describedby": link?.describedBy,
    "aria-invalid": link?.invalid || undefined,
  };
}

/** For what may say so (text fields; a button may not). */
export function useFieldRequired(): true | undefined {
  return useContext(FieldContext)?.required || undefined;
}

export type FieldProps = {
  label: ReactNode;
  /** Under the input: what is asked, in which unit. */
  hint?: ReactNode | undefined;
  /** Takes the hint's place: what is wrong and what to do. */
  error?: ReactNode | undefined;
  /** At the label's right: saved, changed by whom. */
  aside?: ReactNode | undefined;
  required?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/** Label, input, hint and error, tied together for assistive technology. */
export function Field({ label, hint, error, aside, required, className, children }: FieldProps) {
  const id = useId();
  const describedBy = error || hint ? `${id}-about` : undefined;
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="text-xs text-dim">
          {label}
          {required ? (
            <span aria-hidden className="text-air-ink">
              {" "}
              *
            </span>
          ) : null}
        </label>
        {aside}
      </div>
      <FieldContext.Provider value={{ id, describedBy, invalid: Boolean(error), required: required ?? false }}>
        {children}
      </FieldContext.Provider>
      {error ? (
        <p id={describedBy} role="alert" className="text-xs text-air-ink">
          {error}
        </p>
      ) : hint ? (
        <p id={describedBy} className="text-xs text-faint">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
