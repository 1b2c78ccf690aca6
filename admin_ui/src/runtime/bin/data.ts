export function binPath(entity: string, id = "", action = ""): string {
  return [`/records/${entity}/recycle_bin`, id, action].filter((part) => part !== "").join("/");
}
