// The worker's own start: its program lies beside this file.
import start from "./worker.js";
start();
