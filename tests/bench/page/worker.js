// Runs a kernel beside the page.
let module;
onmessage = async ({ data }) => {
    if (data.build) {
        module = await import(`./${data.build}/bench_kernels.js`);
        await module.default();
        postMessage("ready");
    } else {
        postMessage(Array.from(module.run(data.kernel, data.times)));
    }
};
