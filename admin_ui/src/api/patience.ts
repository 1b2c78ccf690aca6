import { configure } from "@testing-library/dom";

// Set before every test file: what a test waits for may take long on a busy machine.
configure({ asyncUtilTimeout: 20_000 });
