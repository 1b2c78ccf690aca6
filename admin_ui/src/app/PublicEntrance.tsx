import { PublicPage } from "../runtime/public/PublicPage.tsx";
import { LanguageMenu } from "./LanguageMenu.tsx";

/** The page of a public link, with the choice of a language that the frame has for others. */
export function PublicEntrance() {
  return <PublicPage corner={<LanguageMenu />} />;
}
