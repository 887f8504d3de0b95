/** Words of the first page. */
export const words = {
  zh: {
    desk: "调度台",
    alarms: "告警",
    phone: "移动上报",
    inbox: "部门待办",
    admin: "系统管理",
    duty: "值班",
    statistics: "统计考核",
    hidden: "您的角色不查看大屏；请从上方进入您的工作页面。",
    account: "我的账号",
    signOut: "退出登录",
    stays: "未能退出：{problem}",
  },
  en: {
    desk: "Dispatch desk",
    alarms: "Alarms",
    phone: "Phone page",
    inbox: "Department inbox",
    admin: "Administration",
    duty: "Duty",
    statistics: "Statistics",
    hidden: "Your role looks at no screens; your pages are linked above.",
    account: "My account",
    signOut: "Sign out",
    stays: "Not signed out: {problem}",
  },
};
