-- A mixed load of readers: pages and their JSON over many pairs, actors and words, most of them asked once or twice.
-- With a number after `--`, that page alone: what each costs.
local codes = { "USA", "RUS", "CHN", "FRA", "DEU", "GBR", "IRN", "IND", "PAK", "ISR", "TUR", "SYR", "KOR", "PRK", "JPN", "SAU", "UKR", "EGY", "BRA", "CUB" }
local kinds = { "AGREE", "CONSULT", "SUPPORT", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "ASSAULT", "AID", "REQUEST" }
local words = { "envoys", "matter", "paper", "spoke", "talks" }
local seed = os.time()
local only
function init(args)
  only = tonumber(args[1])
  math.randomseed(seed + tonumber(tostring({}):sub(8), 16) % 100000)
end
local function any(list) return list[math.random(#list)] end
local function pair() local a, b repeat a, b = any(codes), any(codes) until a ~= b return a, b end
local function day() return string.format("20%02d-%02d-15", math.random(8, 24), math.random(12)) end
local pages = {
  function() return "/" end,
  function() local a, b = pair() return "/pair/" .. a .. "/" .. b .. "?on=" .. day() end,
  function() local a, b = pair() return "/pair/" .. a .. "/" .. b .. ".json" end,
  function() return "/events?type=" .. any(kinds) .. "&actor=" .. any(codes) end,
  function() return "/api/v1/events?limit=20&actor=" .. any(codes) .. "&to=" .. day() end,
  function() return "/api/v1/events?limit=20&type=" .. any(kinds) end,
  function() return "/agenda?with=" .. any(codes) .. "&on=" .. day() end,
  function() return "/actor/" .. any(codes) end,
  function() return "/events?q=" .. any(words) .. "&actor=" .. any(codes) end,
  function() return "/matrix" end,
}
function request() return wrk.format("GET", (only and pages[only] or any(pages))()) end
function done(summary, latency)
  local at = function(percent) return latency:percentile(percent) / 1000 end
  local errors = summary.errors
  local failed = errors.status + errors.timeout + errors.connect + errors.read + errors.write
  io.write(string.format("%.0f requests a second; 50 %% in %.1f ms, 95 %% in %.1f ms, 99 %% in %.1f ms; %d failed\n",
    summary.requests / summary.duration * 1e6, at(50), at(95), at(99), failed))
end
