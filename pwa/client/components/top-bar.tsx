import type { ComponentChildren } from "preact";
import { t } from "../words/index.ts";
import { Icon } from "./icon.tsx";

export interface Back {
  readonly href: string;
  /** The name of where it leads, if "Back" alone would not do. */
  readonly text?: string | undefined;
}

export interface TopBarProps {
  /** The way back; without it the app's name stands there. */
  readonly back?: Back | undefined;
  /** Stands where Rough day would, such as the way out of the rough day's dim screen. */
  readonly instead?: ComponentChildren;
}

/** The way out of the rough day, where Rough day itself would be. */
export function TopLeave({ onPress }: { readonly onPress: () => void }) {
  return (
    <button class="top-leave" type="button" onClick={onPress}>
      {t("rough-day.show-everything")}
    </button>
  );
}

/** The bar above a page: the way back or the app's name, then Rough day and More. */
export function TopBar({ back, instead }: TopBarProps) {
  return (
    <header class="top-bar">
      {back ? (
        <a class="top-link" href={back.href}>
          <Icon name="back" /> {back.text ?? t("page.back")}
        </a>
      ) : (
        <p class="top-name">
          <Icon name="cairn" /> {t("app.name")}
        </p>
      )}
      <div class="top-ways">
        {instead ?? (
          <a class="rough-link" href="/rough-day">
            <Icon name="rough" /> {t("page.rough-day")}
          </a>
        )}
        <a class="more-link" href="/more">
          <Icon name="more" /> {t("page.more")}
        </a>
      </div>
    </header>
  );
}
