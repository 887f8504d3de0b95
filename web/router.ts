/** Pages by address; each surface is a chunk of its own. */
import {
  createRouter,
  createWebHistory,
  type Router,
  type RouteRecordRaw,
} from "vue-router";

const routes: RouteRecordRaw[] = [
  { path: "/", component: () => import("./start/StartPage.vue") },
  { path: "/wall/:screen", component: () => import("./wall/WallPage.vue") },
  { path: "/gallery", component: () => import("./gallery/GalleryPage.vue") },
  {
    path: "/gallery/:widget",
    component: () => import("./gallery/WidgetPage.vue"),
  },
  {
    path: "/gallery/:widget/:case",
    component: () => import("./gallery/OnePreviewPage.vue"),
  },
  { path: "/:rest(.*)*", component: () => import("./start/NotFoundPage.vue") },
];

export function createPages(): Router {
  const router = createRouter({ history: createWebHistory(), routes });
  // Parameters that a page does not know survive navigation (interfaces.md).
  router.beforeEach((to, from) => {
    const missing = Object.keys(from.query).some((name) => !(name in to.query));
    if (!missing) return true;
    return { ...to, query: { ...from.query, ...to.query } };
  });
  return router;
}
