"use client";
import { Checkbox as CheckboxParts, Switch as SwitchParts } from "radix-ui";
import { useId, type ReactNode } from "react";
import { cn } from "./cn.ts";
import { Icon } from "./icon.tsx";

export type ToggleProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  hint?: ReactNode | undefined;
  disabled?: boolean | undefined;
  /** The label is read out, but not shown (a table says it in its head). */
  labelHidden?: boolean | undefined;
  className?: string | undefined;
};

/** Takes effect at once. */
export function Switch({ checked, onChange, disabled, ...words }: ToggleProps) {
  const id = useId();
  return (
    <Labelled id={id} {...words}>
      <SwitchParts.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        {...(disabled ? { disabled } : {})}
        className="relative h-5 w-9 shrink-0 rounded-full border border-edge bg-sunken transition-colors disabled:opacity-45 data-[state=checked]:border-act-edge data-[state=checked]:bg-act"
      >
        <SwitchParts.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-dim transition-transform data-[state=checked]:translate-x-[17px] data-[state=checked]:bg-white" />
      </SwitchParts.Root>
    </Labelled>
  );
}

/** One of several that are sent together. */
export function Checkbox({ checked, onChange, disabled, ...words }: ToggleProps) {
  const id = useId();
  return (
    <Labelled id={id} {...words}>
      <CheckboxParts.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => onChange(next === true)}
        {...(disabled ? { disabled } : {})}
        className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-[#526077] bg-sunken disabled:opacity-45 data-[state=checked]:border-act-edge data-[state=checked]:bg-act"
      >
        <CheckboxParts.Indicator className="text-white">
          <Icon name="check" size={12} strokeWidth={2} />
        </CheckboxParts.Indicator>
      </CheckboxParts.Root>
    </Labelled>
  );
}

function Labelled({
  id,
  label,
  hint,
  labelHidden,
  className,
  children,
}: Pick<ToggleProps, "label" | "hint" | "labelHidden" | "className"> & { id: string; children: ReactNode }) {
  return (
    <div className={cn("flex items-start gap-2", className)}>
      {children}
      <label htmlFor={id} className={cn("cursor-pointer text-sm", labelHidden && "sr-only")}>
        {label}
        {hint ? <span className="block text-xs text-faint">{hint}</span> : null}
      </label>
    </div>
  );
}
