package me

import "strings"

// Device is a browser in words.
type Device struct{ Browser, System string } // either may be empty

// DeviceOf reads what a browser calls itself, as far as a person wants to know it. Many
// name others beside themselves, so the order counts.
func DeviceOf(agent string) Device {
	return Device{firstOf(agent, [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Vivaldi", "Vivaldi"},
		{"FxiOS", "Firefox"}, {"Firefox/", "Firefox"}, {"CriOS", "Chrome"}, {"Chrom", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"}}),
		firstOf(agent, [][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"CrOS", "ChromeOS"}, {"Windows", "Windows"},
			{"Macintosh", "macOS"}, {"Linux", "Linux"}, {"BSD", "BSD"}})}
}

func firstOf(agent string, names [][2]string) string {
	for _, n := range names {
		if strings.Contains(agent, n[0]) {
			return n[1]
		}
	}
	return ""
}
