import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../words/index.ts";
import { useArrival } from "./arrival.ts";
import { Icon } from "./icon.tsx";
import { type Place, Places } from "./places.tsx";
import { type Back, TopBar } from "./top-bar.tsx";

const LAYOUTS = { page: "page", welcome: "page welcome", low: "page low", timer: "page timer-page" } as const;

export interface PageProps {
  /** What the browser keeps in its history, on the disk and in the open: never the person's own words. */
  readonly name: string;
  /** The title on the page, where it is not the name; may be the person's own words. */
  readonly title?: string | undefined;
  /** A line over and a line under the title. */
  readonly over?: ComponentChildren;
  readonly under?: ComponentChildren;
  /** A picture above the title. */
  readonly picture?: ComponentChildren;
  /** The way back, for pages further in. */
  readonly back?: Back | undefined;
  /** The place this page belongs to; without it the bar of places is not shown. */
  readonly place?: Place | undefined;
  /** Another bar at the top, or `null` for none. */
  readonly top?: ComponentChildren | null;
  /** Lines above the page, such as a version that is ready. */
  readonly notice?: ComponentChildren;
  /** More for the foot, beside Help. */
  readonly foot?: ComponentChildren;
  readonly layout?: keyof typeof LAYOUTS | undefined;
  readonly children?: ComponentChildren;
}

/** The frame of every screen: the ways round it, one title, what it is about, and help. */
export function Page({ name, title = name, over, under, picture, back, place, top, notice, foot, layout = "page", children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival(heading, t("page.history-name", { page: name, app: t("app.name") }));
  return (
    <div class="room">
      {top !== null && (
        <a class="skip" href="#main">
          {t("page.skip")}
        </a>
      )}
      {top === undefined ? <TopBar back={back} /> : top}
      {notice}
      <main id="main" class={LAYOUTS[layout]} tabIndex={-1}>
        {picture}
        <div class="title">
          {over && <p class="title-when">{over}</p>}
          <h1 ref={heading} tabIndex={-1} dir="auto">
            {title}
          </h1>
          {under && <p class="title-when">{under}</p>}
        </div>
        {children}
      </main>
      <footer class="foot">
        {foot}
        <a class="foot-link" href="/help">
          <Icon name="help" /> {t("page.help")}
        </a>
      </footer>
      {place && <Places here={place} isPlaceItself={back === undefined} />}
    </div>
  );
}
