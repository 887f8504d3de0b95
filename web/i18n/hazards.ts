/** English names of what warnings warn of: the signals of the weather service (中国气象局令第16号) and what 12379 adds. */
const ENGLISH: Record<string, string> = {
  台风: "Typhoon",
  暴雨: "Rainstorm",
  暴雪: "Snowstorm",
  寒潮: "Cold wave",
  大风: "Gale",
  沙尘暴: "Sandstorm",
  高温: "Heat",
  干旱: "Drought",
  雷电: "Lightning",
  冰雹: "Hail",
  霜冻: "Frost",
  大雾: "Fog",
  霾: "Haze",
  道路结冰: "Road icing",
  雷雨大风: "Thunderstorm gale",
  强对流: "Severe convection",
  低温: "Low temperature",
  洪水: "Flood",
  山洪: "Flash flood",
  内涝: "Waterlogging",
  地质灾害: "Geological hazard",
  森林火险: "Forest fire danger",
  空气重污染: "Heavy air pollution",
  地震: "Earthquake",
  演练: "Exercise",
  链路检测: "Link test",
};

/** What a warning warns of, in the reader's language; a word that is not known says itself. */
export const hazardName = (event: string, language: "zh" | "en"): string =>
  language === "zh" ? event : (ENGLISH[event] ?? event);
