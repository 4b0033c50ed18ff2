// Runs kernels in the page: in WebAssembly, by its kind of build, or in JavaScript.
import { curve } from "./projection.js";
import { luck } from "./luck.js";

const inputs = await (await fetch("inputs.json")).json();
const modules = new Map();

async function wasm(build) {
    if (!modules.has(build)) {
        const module = await import(`./${build}/bench_kernels.js`);
        await module.default();
        modules.set(build, module);
    }
    return modules.get(build);
}

window.bench = {
    /** Milliseconds of one run, and its numbers. */
    async wasm(build, kernel, times) {
        return Array.from((await wasm(build)).run(kernel, times));
    },
    async hashes(build, first, end) {
        return (await wasm(build)).hashes(first, end);
    },
    js(kernel, times) {
        const [kind, book] = kernel.split(".");
        const work = { curve, luck }[kind];
        let numbers;
        const start = performance.now();
        for (let time = 0; time < times; time++) {
            numbers = work(inputs[book]);
        }
        return [(performance.now() - start) / times, ...numbers];
    },
    /** Frames a second, and the longest time between two, while a worker runs a kernel again and again; then its milliseconds. */
    async besideWorker(build, kernel, times) {
        const worker = new Worker("worker.js", { type: "module" });
        const said = () => new Promise(resolve => { worker.onmessage = event => resolve(event.data); });
        const ready = said();
        worker.postMessage({ build });
        await ready;
        const finished = said();
        worker.postMessage({ kernel, times });
        let done = null;
        finished.then(numbers => { done = numbers; });
        const clock = document.getElementById("clock");
        const first = await new Promise(requestAnimationFrame);
        let last = first, frames = 0, longest = 0;
        while (done === null) {
            const now = await new Promise(requestAnimationFrame);
            longest = Math.max(longest, now - last);
            last = now;
            frames++;
            clock.textContent = `${frames} frames`;
        }
        worker.terminate();
        return [1000 * frames / (last - first), longest, done[0]];
    },
};
document.getElementById("main").removeAttribute("aria-busy");
