import { createApp, h } from "vue";

/** Floor of P7: Vue, one number, no server. */
createApp({ render: () => h("p", { id: "number" }, "42") }).mount("#app");
