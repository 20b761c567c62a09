import { cva, type VariantProps } from "class-variance-authority";
import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from "react";
import { cn } from "./cn.ts";
import { useFieldProps, useFieldRequired } from "./field.tsx";

export const inputClasses = cva(
  "w-full min-w-0 rounded-md border border-edge bg-sunken text-ink transition-colors hover:border-[#445266] focus:border-focus focus:outline-none focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-air-edge",
  {
    variants: {
      size: { sm: "h-7 px-2 text-xs", md: "h-8 px-2.5 text-sm", lg: "h-10 px-3 text-base" },
    },
    defaultVariants: { size: "md" },
  },
);

export type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, "size"> &
  VariantProps<typeof inputClasses> & { ref?: Ref<HTMLInputElement> | undefined };

export function Input({ size, className, id, ...rest }: InputProps) {
  return (
    <input
      autoComplete="off"
      aria-required={useFieldRequired()}
      {...useFieldProps({ id })}
      className={cn(inputClasses({ size }), className)}
      {...rest}
    />
  );
}

export type TextareaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  ref?: Ref<HTMLTextAreaElement> | undefined;
};

export function Textarea({ className, id, ...rest }: TextareaProps) {
  return (
    <textarea
      aria-required={useFieldRequired()}
      {...useFieldProps({ id })}
      className={cn(inputClasses(), "h-auto min-h-16 resize-y py-1.5 leading-5", className)}
      {...rest}
    />
  );
}
