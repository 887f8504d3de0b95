/** Pages by address; each surface is a chunk of its own, but for the wall, which is what most browsers are for. */
import type { Component } from "vue";
import {
  createRouter,
  createWebHistory,
  type Router,
  type RouteRecordRaw,
} from "vue-router";
import WallPage from "./wall/WallPage.vue";

const desk = () => import("./desk/DeskPage.vue");

const routes: RouteRecordRaw[] = [
  {
    path: "/",
    component: () => import("./start/StartPage.vue"),
    meta: { live: true },
  },
  {
    path: "/wall/:screen",
    component: WallPage as Component,
    meta: { live: true },
  },
  {
    path: "/ops",
    component: () => import("./ops/OpsPage.vue"),
    meta: { live: true },
  },
  { path: "/desk", component: desk, meta: { live: true } },
  { path: "/desk/incidents/:id", component: desk, meta: { live: true } },
  {
    path: "/alarms",
    component: () => import("./desk/alarms/AlarmsPage.vue"),
    meta: { live: true },
  },
  {
    path: "/m",
    component: () => import("./mobile/MobilePage.vue"),
    meta: { live: true },
  },
  {
    path: "/inbox",
    component: () => import("./inbox/InboxPage.vue"),
    meta: { live: true },
  },
  {
    path: "/duty/:part(roster)?",
    component: () => import("./duty/DutyPage.vue"),
    meta: { live: true },
  },
  {
    path: "/statistics",
    component: () => import("./statistics/StatisticsPage.vue"),
  },
  { path: "/login", component: () => import("./login/LoginPage.vue") },
  { path: "/me", component: () => import("./login/MePage.vue") },
  { path: "/pair", component: () => import("./pair/PairPage.vue") },
  {
    path: "/admin/:section?",
    component: () => import("./admin/AdminPage.vue"),
  },
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

/** Where a sign-in leads to and why it is asked for: of no use to any other page. */
const OF_SIGN_IN = ["next", "why"];

/** @param connect called before a page that follows topics: its handshake need not wait for its code */
export function createPages(connect: () => void): Router {
  const router = createRouter({ history: createWebHistory(), routes });
  router.beforeEach((to) => {
    if (to.meta["live"]) connect();
  });
  // Parameters that a page does not know survive navigation (interfaces.md).
  router.beforeEach((to, from) => {
    const kept = Object.fromEntries(
      Object.entries(from.query).filter(([name]) => !OF_SIGN_IN.includes(name)),
    );
    const missing = Object.keys(kept).some((name) => !(name in to.query));
    if (!missing) return true;
    return { ...to, query: { ...kept, ...to.query } };
  });
  return router;
}
