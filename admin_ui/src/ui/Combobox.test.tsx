// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import type { Option } from "../api/types.ts";
import { Combobox } from "./Combobox.tsx";
import { draw } from "./testing.tsx";

const ALL: Option[] = [
  { id: "1", label: "吊车", hint: "M-1" },
  { id: "2", label: "塔吊", hint: "M-2" },
];

function Picker({ search, first = null }: { search: (text: string) => Promise<Option[]>; first?: Option | null }) {
  const [value, setValue] = useState<Option | null>(first);
  return (
    <>
      <Combobox aria-label="机械" value={value} onChange={setValue} search={search} />
      <output>{value?.id ?? "none"}</output>
    </>
  );
}

const find = (text: string) => Promise.resolve(ALL.filter((option) => `${option.label}${option.hint}`.includes(text)));

test("typing searches, arrows move, Enter chooses", async () => {
  const search = vi.fn<typeof find>(find);
  draw(<Picker search={search} />);
  const input = screen.getByRole("combobox", { name: "机械" });

  await userEvent.type(input, "吊");
  await vi.waitFor(() => expect(search).toHaveBeenLastCalledWith("吊"));
  await userEvent.keyboard("{ArrowDown}{Enter}");

  expect(screen.getByText("2")).toBeTruthy();
  expect((input as HTMLInputElement).value).toBe("塔吊");
  expect(input.getAttribute("aria-expanded")).toBe("false");
});

test("Enter before the answer chooses the only one that fits, once it has come", async () => {
  draw(<Picker search={find} />);
  const input = screen.getByRole("combobox", { name: "机械" });
  await userEvent.click(input);
  await screen.findByRole("option", { name: /吊车/ });

  await userEvent.type(input, "M-2{Enter}");

  expect(screen.getByText("none")).toBeTruthy();
  expect(await screen.findByText("2")).toBeTruthy();
});

test("Enter before the answer chooses nothing when several fit", async () => {
  draw(<Picker search={find} />);
  const input = screen.getByRole("combobox", { name: "机械" });
  await userEvent.click(input);
  await screen.findByRole("option", { name: /吊车/ });

  await userEvent.type(input, "M-{Enter}");
  await new Promise((resolve) => setTimeout(resolve, 250));

  expect(screen.getByText("none")).toBeTruthy();
  expect(screen.getAllByRole("option")).toHaveLength(2);
});

test("Escape leaves the choice as it was", async () => {
  draw(<Picker search={find} first={{ id: "1", label: "吊车" }} />);
  const input = screen.getByRole("combobox", { name: "机械" });

  await userEvent.type(input, "塔");
  await screen.findByRole("option", { name: /塔吊/ });
  await userEvent.keyboard("{Escape}");

  expect((input as HTMLInputElement).value).toBe("吊车");
});

test("nothing found and a failed search are said", async () => {
  draw(<Picker search={(text) => (text === "x" ? Promise.resolve([]) : Promise.reject(new Error("down")))} />);
  const input = screen.getByRole("combobox", { name: "机械" });

  await userEvent.click(input);
  expect(await screen.findByText(/候选项加载失败/)).toBeTruthy();
  await userEvent.type(input, "x");
  expect(await screen.findByText(/没有匹配的项/)).toBeTruthy();
});

test("the choice can be taken away", async () => {
  draw(<Picker search={find} first={{ id: "1", label: "吊车" }} />);

  await userEvent.click(screen.getByRole("button", { name: "清除" }));

  expect(screen.getByText("none")).toBeTruthy();
});

test("Enter before the answer takes the only one that fits, and none of several", async () => {
  draw(<Picker search={find} />);
  const input = screen.getByRole("combobox", { name: "机械" });

  await userEvent.type(input, "M-1{Enter}");
  await screen.findByText("1");
  await userEvent.clear(input);
  await userEvent.type(input, "吊{Enter}");

  await screen.findByRole("option", { name: /塔吊/ });
  expect(screen.getByText("1")).toBeTruthy();
});
