import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `python3 dev.py run` listens; while the UI is being written, its requests go there. */
const server = "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { host: "127.0.0.1", port: 5173, proxy: { "/api": { target: server, changeOrigin: false } } },
  build: {
    outDir: "../engine/static",
    emptyOutDir: true,
    target: "es2022",
    manifest: true,
    // The content security policy allows no `data:` script and few `data:` pictures: every asset is a file of its own.
    assetsInlineLimit: 0,
    // What is large is loaded late; tests/house measures what the first form needs.
    chunkSizeWarningLimit: 1200,
    // What most pages share comes in one piece: many small ones compress badly, and each is a request of its own.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "shared", test: /src[\\/](ui|api|core)[\\/]/, minShareCount: 6 }] } } },
  },
});
