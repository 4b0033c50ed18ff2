// Counts frames until what is put in the place of the capitals is true.
const holds = () => CONDITION;
const nextFrame = () => new Promise(requestAnimationFrame);
const begun = performance.now();
const frames = [];
let last = await nextFrame();
do {
    const now = await nextFrame();
    frames.push(now - last);
    last = now;
} while (!holds() && performance.now() - begun < 60_000);
return { took: performance.now() - begun, frames };
