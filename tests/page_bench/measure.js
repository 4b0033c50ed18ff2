// Moves a slider many times and measures each move. arguments: the slider's selector, the field's, and the values.
const [sliderSelector, fieldSelector, values, warmUp] = args;
const slider = document.querySelector(sliderSelector);
const field = document.querySelector(fieldSelector);
const nextFrame = () => new Promise(requestAnimationFrame);
const channel = new MessageChannel();
const nextTask = () => new Promise(resolve => {
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(null);
});
const moves = [];
for (const [index, value] of values.entries()) {
    await nextFrame();
    await nextTask();
    const given = performance.now();
    slider.value = value;
    slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
    const handled = performance.now();
    // A task runs only after all that the handler queued: by then the page has new text and new drawings.
    await nextTask();
    const updated = performance.now();
    if (Number(field.value) !== Number(value)) {
        throw new Error(`the field shows ${field.value} after ${value}`);
    }
    await nextFrame();
    const frame = performance.now();
    // The task after a frame begins once the frame was laid out and painted.
    await nextTask();
    const painted = performance.now();
    if (index >= warmUp) {
        moves.push({ handler: handled - given, updated: updated - given, frame: painted - frame, total: painted - given });
    }
}
slider.dispatchEvent(new Event("change", { bubbles: true }));
return moves;
