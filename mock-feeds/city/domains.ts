/** The nets that matters are governed by (domain.md §7): three of the city's own, then the special ones. */
export const DOMAINS: readonly {
  code: string;
  nameZh: string;
  nameEn: string;
}[] = [
  { code: "urban", nameZh: "城市管理网", nameEn: "Urban management" },
  { code: "social", nameZh: "社会治理网", nameEn: "Social governance" },
  { code: "rural", nameZh: "农村治理网", nameEn: "Rural governance" },
  { code: "traffic", nameZh: "交通运行", nameEn: "Traffic" },
  { code: "water", nameZh: "水务安全", nameEn: "Water" },
  { code: "lifeline", nameZh: "城市生命线", nameEn: "Lifelines" },
  { code: "environment", nameZh: "生态环境", nameEn: "Environment" },
  { code: "emergency", nameZh: "应急安全", nameEn: "Emergency" },
  { code: "hotline", nameZh: "民生热线", nameEn: "Hotline" },
];
