// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { barPath, code128, ean13 } from "../barcodeBars.ts";
import { stampLines } from "../photoStamp.ts";
import { lateHost } from "../testing/host.tsx";

afterEach(cleanup);
vi.mock("../barcodeReader.ts", () => ({ default: "/reader.wasm" }));

function standAt(answer: (done: PositionCallback, failed: PositionErrorCallback) => void): void {
  vi.stubGlobal("isSecureContext", true);
  Object.defineProperty(navigator, "geolocation", { configurable: true, value: { getCurrentPosition: answer } });
}

const HERE = { coords: { longitude: 118.7969123, latitude: 32.0603456, accuracy: 12.4 }, timestamp: Date.UTC(2026, 10, 21) } as GeolocationPosition;

test("a position of the device comes with its accuracy and moment", async () => {
  standAt((done) => done(HERE));
  const { user, told } = await lateHost("location");

  await user.click(screen.getByRole("button", { name: "获取当前位置 字段" }));

  expect(told).toHaveBeenLastCalledWith({ lng: "118.796912", lat: "32.060346", accuracy: "12", at: "2026-11-21T00:00:00Z" });
  expect(screen.getByText("精度约 12 米")).toBeTruthy();
});

test("a refused position is explained, and the place can be typed", async () => {
  standAt((_, failed) => failed({ code: 1 } as GeolocationPositionError));
  const { user, told } = await lateHost("location");

  await user.click(screen.getByRole("button", { name: "获取当前位置 字段" }));
  expect(screen.getByRole("alert").textContent).toContain("定位被拒绝");
  await user.type(screen.getByLabelText("经度"), "118.8");
  await user.type(screen.getByLabelText("纬度"), "32.1");

  expect(told).toHaveBeenLastCalledWith({ lng: "118.8", lat: "32.1" });
});

test("how far it is from where it must be", async () => {
  await lateHost("location", { lng: "118.80", lat: "32.06" }, { within: { of: "site", metres: 500 } }, null, false, { site: { lng: "118.80", lat: "32.07" } });

  expect(screen.getByText(/超出允许范围：相距 1112 米，允许 500 米，超出 612 米/)).toBeTruthy();
  expect(document.querySelector(".control-sketch-out")).not.toBeNull();
});

test("without a camera the scanner explains itself", async () => {
  vi.stubGlobal("isSecureContext", false);
  const { user } = await lateHost("barcode", null, { symbology: "qr" });

  await user.click(screen.getByRole("button", { name: "扫描字段" }));

  await waitFor(() => expect(screen.getByRole("alert", { hidden: true }).textContent).toContain("HTTPS"), { timeout: 10_000 });
}, 20_000);

test("a code is drawn in the form that its field says", async () => {
  const { box, user } = await lateHost("barcode", null, { symbology: "ean13" });

  await user.type(box(), "6901234567892");

  expect(await screen.findByRole("img", { name: "条码 6901234567892" })).toBeTruthy();
  const widths = ean13("6901234567892") ?? [];
  expect(barPath(widths, 1).width).toBe(95);
  // Start B, "A", check 34, stop: 11 modules each, 13 for the stop.
  expect(barPath(code128("A") ?? [], 1).width).toBe(46);
  expect([code128("甲"), ean13("12")]).toEqual([null, null]);
});

test("a signature opens its pad; the one that is there can be taken away", async () => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  const { told, user } = await lateHost("signature", [{ id: "f1", name: "s.png", size: 1, media_type: "image/png" }]);
  expect(screen.getByRole("img", { name: "字段" })).toBeTruthy();

  await user.click(screen.getByRole("button", { name: "移除签名" }));

  expect(told).toHaveBeenLastCalledWith(null);
});

test("a photo's stamp says when, and where if the device knows", () => {
  const now = new Date(2026, 10, 21, 8, 30);

  expect(stampLines(now, HERE, (metres) => `±${metres}`)).toEqual(["2026-11-21 08:30", "118.796912, 32.060346 ±12"]);
  expect(stampLines(now, null, String)).toEqual(["2026-11-21 08:30"]);
});

test("a picture is taken by the camera of a phone", async () => {
  await lateHost("image");

  const camera = document.querySelector<HTMLInputElement>("input[capture=environment]");
  expect(camera?.accept).toBe("image/*");
  fireEvent.click(screen.getByRole("checkbox", { name: "拍照时标注时间和位置" }));
  expect(localStorage.getItem("formwork.photo_stamp")).toBe("1");
});
