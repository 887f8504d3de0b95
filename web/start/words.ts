/** Words of the first page. */
export const words = {
  zh: {
    desk: "调度台",
    admin: "系统管理",
    duty: "值班",
    hidden: "您的角色不查看大屏；请从上方进入您的工作页面。",
    account: "我的账号",
    signOut: "退出登录",
    stays: "未能退出：{problem}",
  },
  en: {
    desk: "Dispatch desk",
    admin: "Administration",
    duty: "Duty",
    hidden: "Your role looks at no screens; your pages are linked above.",
    account: "My account",
    signOut: "Sign out",
    stays: "Not signed out: {problem}",
  },
};
