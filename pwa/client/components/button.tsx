import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

interface Look {
  /** `main` is the page's one main action; `plain` stands on raised ground; `line` has an edge only; `bare` is a word. */
  readonly kind?: "main" | "plain" | "line" | "bare" | undefined;
  /** In the colour of rest and bad days. */
  readonly isRest?: boolean | undefined;
  /** As wide as what it stands in. */
  readonly isWide?: boolean | undefined;
  /** With its words at the start of the line, for buttons beneath each other. */
  readonly isAtStart?: boolean | undefined;
  readonly icon?: IconName | undefined;
  /** The icon comes after the words. */
  readonly isIconLast?: boolean | undefined;
  readonly children: ComponentChildren;
}

export interface ButtonProps extends Look {
  /** `submit` sends the form it stands in, and then needs no `onPress`. */
  readonly type?: "button" | "submit" | undefined;
  readonly onPress?: (() => void) | undefined;
  readonly isDisabled?: boolean | undefined;
  /** The id of a text that says more about it. */
  readonly describedBy?: string | undefined;
  /** What is heard instead of the words, where they are many of the same; it begins with the words shown. */
  readonly label?: string | undefined;
}

/** Something to press that does something here. */
export function Button({ type = "button", onPress, isDisabled, describedBy, label, ...look }: ButtonProps) {
  return (
    <button
      type={type}
      class={classOf(look)}
      onClick={onPress && (() => onPress())}
      disabled={isDisabled}
      aria-describedby={describedBy}
      aria-label={label}
    >
      <Words {...look} />
    </button>
  );
}

export interface ButtonLinkProps extends Look {
  readonly href: string;
  /** As a button's. */
  readonly label?: string | undefined;
  /** The name a file is to be saved under, where the link gives one. */
  readonly download?: string | undefined;
}

/** Something to press that goes somewhere. */
export function ButtonLink({ href, label, download, ...look }: ButtonLinkProps) {
  return (
    <a class={classOf(look)} href={href} aria-label={label} download={download}>
      <Words {...look} />
    </a>
  );
}

function Words({ icon, isIconLast, children }: Look) {
  const drawing = icon && <Icon name={icon} />;
  return (
    <>
      {!isIconLast && drawing}
      {children}
      {isIconLast && drawing}
    </>
  );
}

function classOf({ kind = "line", isRest, isWide, isAtStart }: Look): string {
  const names = [
    "button",
    kind !== "line" && `button-${kind}`,
    isRest && "button-rest",
    isWide && "button-wide",
    isAtStart && "button-start",
  ];
  return names.filter(Boolean).join(" ");
}
