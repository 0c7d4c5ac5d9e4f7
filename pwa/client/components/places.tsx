import { type Key, t } from "../words/index.ts";
import { Icon, type IconName } from "./icon.tsx";

export type Place = "today" | "diary" | "plans" | "group";

const PLACES: readonly { readonly place: Place; readonly href: string; readonly icon: IconName; readonly text: Key }[] = [
  { place: "today", href: "/", icon: "today", text: "places.today" },
  { place: "diary", href: "/diary", icon: "diary", text: "places.diary" },
  { place: "plans", href: "/plans", icon: "goals", text: "places.plans" },
  { place: "group", href: "/group", icon: "group", text: "places.group" },
];

export interface PlacesProps {
  readonly here: Place;
  /** Whether the page is the place itself, and not one further in. */
  readonly isPlaceItself: boolean;
}

/** The four places, at the bottom of the screen. */
export function Places({ here, isPlaceItself }: PlacesProps) {
  return (
    <nav class="places" aria-label={t("places.label")}>
      <ul class="places-list">
        {PLACES.map(({ place, href, icon, text }) => (
          <li key={place}>
            <a class="place" href={href} aria-current={place === here ? (isPlaceItself ? "page" : "true") : undefined}>
              <span class="place-mark">
                <Icon name={icon} />
              </span>
              {t(text)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
