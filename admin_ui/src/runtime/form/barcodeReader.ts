/** The address of the barcode reader in our own build. */
export { default } from "zxing-wasm/reader/zxing_reader.wasm?url";
