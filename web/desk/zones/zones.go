// Package zones knows the time zones that the desk offers, and finds one by the name of
// a city.
package zones

import (
	"strings"
	"time"
)

// All are offered for the community's time zone: one or a few for each part of
// the world. Every name of the IANA database is taken, offered or not.
var All = []string{
	"UTC",
	"Africa/Abidjan", "Africa/Accra", "Africa/Addis_Ababa", "Africa/Algiers", "Africa/Cairo", "Africa/Casablanca", "Africa/Dakar",
	"Africa/Harare", "Africa/Johannesburg", "Africa/Kampala", "Africa/Khartoum", "Africa/Kigali", "Africa/Kinshasa", "Africa/Lagos",
	"Africa/Luanda", "Africa/Lusaka", "Africa/Maputo", "Africa/Nairobi", "Africa/Tripoli", "Africa/Tunis", "Africa/Windhoek",
	"America/Anchorage", "America/Argentina/Buenos_Aires", "America/Asuncion", "America/Bogota", "America/Caracas", "America/Chicago",
	"America/Costa_Rica", "America/Denver", "America/Edmonton", "America/Guatemala", "America/Halifax", "America/Havana", "America/Jamaica",
	"America/La_Paz", "America/Lima", "America/Los_Angeles", "America/Mexico_City", "America/Montevideo", "America/New_York",
	"America/Panama", "America/Phoenix", "America/Puerto_Rico", "America/Regina", "America/Santiago", "America/Santo_Domingo",
	"America/Sao_Paulo", "America/St_Johns", "America/Tijuana", "America/Toronto", "America/Vancouver", "America/Winnipeg",
	"Asia/Almaty", "Asia/Amman", "Asia/Baghdad", "Asia/Baku", "Asia/Bangkok", "Asia/Beirut", "Asia/Colombo", "Asia/Damascus", "Asia/Dhaka",
	"Asia/Dubai", "Asia/Ho_Chi_Minh", "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Jerusalem", "Asia/Kabul", "Asia/Karachi", "Asia/Kathmandu",
	"Asia/Kolkata", "Asia/Kuala_Lumpur", "Asia/Manila", "Asia/Qatar", "Asia/Riyadh", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore",
	"Asia/Taipei", "Asia/Tashkent", "Asia/Tbilisi", "Asia/Tehran", "Asia/Tokyo", "Asia/Ulaanbaatar", "Asia/Yangon", "Asia/Yerevan",
	"Atlantic/Azores", "Atlantic/Canary", "Atlantic/Cape_Verde", "Atlantic/Reykjavik",
	"Australia/Adelaide", "Australia/Brisbane", "Australia/Darwin", "Australia/Hobart", "Australia/Melbourne", "Australia/Perth", "Australia/Sydney",
	"Europe/Amsterdam", "Europe/Athens", "Europe/Belgrade", "Europe/Berlin", "Europe/Bratislava", "Europe/Brussels", "Europe/Bucharest",
	"Europe/Budapest", "Europe/Chisinau", "Europe/Copenhagen", "Europe/Dublin", "Europe/Helsinki", "Europe/Istanbul", "Europe/Kyiv",
	"Europe/Lisbon", "Europe/Ljubljana", "Europe/London", "Europe/Luxembourg", "Europe/Madrid", "Europe/Malta", "Europe/Minsk",
	"Europe/Moscow", "Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Riga", "Europe/Rome", "Europe/Sarajevo", "Europe/Skopje",
	"Europe/Sofia", "Europe/Stockholm", "Europe/Tallinn", "Europe/Tirane", "Europe/Vienna", "Europe/Vilnius", "Europe/Warsaw",
	"Europe/Zagreb", "Europe/Zurich",
	"Indian/Maldives", "Indian/Mauritius",
	"Pacific/Auckland", "Pacific/Fiji", "Pacific/Guam", "Pacific/Honolulu", "Pacific/Port_Moresby", "Pacific/Tongatapu",
}

// cities are places that no zone is named after, or not in their own language.
var cities = map[string]string{
	"athen": "Europe/Athens", "basel": "Europe/Zurich", "bern": "Europe/Zurich", "brüssel": "Europe/Brussels", "bukarest": "Europe/Bucharest",
	"edinburgh": "Europe/London", "frankfurt": "Europe/Berlin", "genf": "Europe/Zurich", "geneva": "Europe/Zurich", "glasgow": "Europe/London",
	"graz": "Europe/Vienna", "hamburg": "Europe/Berlin", "kairo": "Africa/Cairo", "kiew": "Europe/Kyiv", "köln": "Europe/Berlin", "cologne": "Europe/Berlin",
	"kopenhagen": "Europe/Copenhagen", "leipzig": "Europe/Berlin", "lissabon": "Europe/Lisbon", "mailand": "Europe/Rome", "milan": "Europe/Rome",
	"manchester": "Europe/London", "moskau": "Europe/Moscow", "munich": "Europe/Berlin", "münchen": "Europe/Berlin", "prag": "Europe/Prague",
	"rom": "Europe/Rome", "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles", "boston": "America/New_York",
	"washington": "America/New_York", "montreal": "America/Toronto", "stuttgart": "Europe/Berlin", "tokio": "Asia/Tokyo", "warschau": "Europe/Warsaw",
	"wien": "Europe/Vienna", "zürich": "Europe/Zurich", "delhi": "Asia/Kolkata", "mumbai": "Asia/Kolkata", "beijing": "Asia/Shanghai", "peking": "Asia/Shanghai",
}

// Named is the zone that somebody means: by its own name, whatever its capitals, or by
// a city. What nobody knows stays as it was typed.
func Named(text string) string {
	text = strings.TrimSpace(text)
	if _, err := time.LoadLocation(text); err == nil {
		return text
	}
	plain := strings.ToLower(strings.Join(strings.Fields(text), " "))
	if zone, known := cities[plain]; known {
		return zone
	}
	plain = strings.ReplaceAll(plain, " ", "_")
	for _, zone := range All {
		name := strings.ToLower(zone)
		if name == plain || name[strings.LastIndexByte(name, '/')+1:] == plain {
			return zone
		}
	}
	return text
}
