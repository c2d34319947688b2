package trail

// The colours, families and sizes here are what is seen without the site's
// stylesheet; with it, classes decide on colours and families, never on sizes,
// which the layout has measured.
const (
	serif = "Georgia,serif"
	sans  = "Segoe UI,Noto Sans,sans-serif"

	paper  = "#FBF9F4"
	ink    = "#1F2421"
	muted  = "#59615C"
	faint  = "#E3DED2"
	accent = "#2B6349"
	marker = "#B4470F"
)

// The faces of the figure; see face for what the stylesheet may change.
var (
	faceKind   = face{class: "tr-kind", family: sans, size: 13.5, weight: "600", fill: accent}
	faceDates  = face{class: "tr-dates", family: sans, size: 13.5, fill: muted}
	faceTitle  = face{class: "tr-title", family: serif, size: 17, weight: "600", fill: ink}
	faceMinor  = face{class: "tr-minor", family: serif, size: 15, weight: "600", fill: ink}
	faceOrg    = face{class: "tr-org", family: serif, size: 14.5, fill: muted}
	faceNote   = face{class: "tr-note", family: serif, size: 14.5, slant: "italic", fill: ink}
	faceHead   = face{class: "tr-change", family: sans, size: 13.5, weight: "600", fill: marker}
	faceWords  = face{class: "tr-words", family: serif, size: 16, fill: ink}
	faceGoal   = face{class: "tr-goal", family: sans, size: 13.5, fill: muted}
	faceAim    = face{class: "tr-aim", family: serif, size: 15.5, slant: "italic", fill: ink}
	faceSign   = face{class: "tr-sign", family: sans, size: 13.5, weight: "600", fill: accent}
	faceYear   = face{class: "tr-year", family: sans, size: 14, weight: "600", fill: muted, anchor: "middle", halo: paper}
	faceEra    = face{class: "tr-era", family: sans, size: 14.5, weight: "600", fill: muted}
	faceMonth  = face{class: "tr-month", family: sans, size: 13.5, fill: muted, anchor: "middle", halo: paper}
	faceNumber = face{class: "tr-number", family: sans, size: 13, weight: "600", fill: accent, anchor: "middle"}
)
