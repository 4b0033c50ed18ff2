// Runs before anything of the page: notes long tasks and when the answer first stands there.
window.noted = { tasks: [], answer: null };
new PerformanceObserver(list => {
    for (const task of list.getEntries()) {
        window.noted.tasks.push({ start: task.startTime, duration: task.duration });
    }
}).observe({ type: "longtask", buffered: true });
new MutationObserver((_, observer) => {
    if (document.querySelector(".verdict h1")) {
        window.noted.answer = performance.now();
        observer.disconnect();
    }
}).observe(document, { childList: true, subtree: true });
