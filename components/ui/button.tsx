import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from "react";
import { cn } from "./cn.ts";
import { Kbd } from "./kbd.tsx";

export const buttonClasses = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-45 aria-disabled:cursor-not-allowed aria-disabled:opacity-45",
  {
    variants: {
      look: {
        plain: "border-edge bg-raised text-ink hover:bg-hover",
        primary: "border-act-edge bg-act text-white hover:bg-act-hover",
        ghost: "border-transparent bg-transparent text-dim hover:bg-hover hover:text-ink",
        danger: "border-air-edge bg-air-soft text-air-ink hover:bg-[#4a191e]",
        armed: "border-wait-edge bg-wait-soft text-wait-ink hover:bg-[#402d0e]",
      },
      size: {
        sm: "h-7 px-2 text-xs",
        md: "h-8 px-3 text-sm",
        lg: "h-10 px-4 text-base",
        icon: "size-8 p-0",
        iconSm: "size-7 p-0",
      },
    },
    defaultVariants: { look: "plain", size: "md" },
  },
);

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> &
  VariantProps<typeof buttonClasses> & {
    /** The key that does the same, printed on the button. Binding it is the caller's. */
    hotkey?: string | undefined;
    /** Under way: shows a spinner, takes no further press, keeps its width. */
    busy?: boolean | undefined;
    /** Renders its child (a link) in the looks of a button. */
    asChild?: boolean | undefined;
    ref?: Ref<HTMLButtonElement> | undefined;
  };

/** Focus leaves a button that was clicked with the pointer, so that the next key goes to the room and not to it. */
export function Button({ look, size, hotkey, busy, asChild, className, children, onClick, ...rest }: ButtonProps) {
  const classes = cn(buttonClasses({ look, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) return;
    onClick?.(event);
    if (event.detail > 0 && event.currentTarget.ariaHasPopup === null) event.currentTarget.blur();
  };
  return (
    <button type="button" className={classes} aria-busy={busy || undefined} onClick={press} {...rest}>
      {busy ? <Spinner /> : null}
      {children}
      {hotkey ? (
        <Kbd className={look === "primary" ? "border-white/30 bg-black/25 text-white" : undefined}>{hotkey}</Kbd>
      ) : null}
    </button>
  );
}

export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "size-3.5 animate-[spin_0.8s_linear_infinite] rounded-full border-2 border-current border-r-transparent",
        className,
      )}
    />
  );
}

/** A button that is an icon alone; `label` is read out and shown as its title. */
export function IconButton({
  label,
  children,
  size = "icon",
  look = "ghost",
  ...rest
}: ButtonProps & { label: string; children: ReactNode }) {
  return (
    <Button aria-label={label} title={label} size={size} look={look} {...rest}>
      {children}
    </Button>
  );
}
