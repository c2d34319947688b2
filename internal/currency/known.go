package currency

import "strings"

// codes are the currencies of ISO 4217 that amounts are given in, and after them those that
// the euro and others followed: a step may be older than its country's money.
const codes = `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP
	CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR
	ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN
	NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP
	SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
	ATS BEF CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE SIT SKK
	AFA ANG AZM BGL BYR CSD CSK CUC DDM GHC MGF MRO MZM PLZ RUR SDD SLL SRG STD SUR TMM TRL VEB VEF YUM ZMK ZWD ZWL ZWR`

var known = func() map[string]bool {
	all := map[string]bool{}
	for _, code := range strings.Fields(codes) {
		all[code] = true
	}
	return all
}()

// names are what people write for a currency where that can be one alone.
var names = map[string]string{
	"€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "yen": "JPY", "円": "JPY", "franken": "CHF", "sfr": "CHF", "yuan": "CNY", "元": "CNY",
	"₩": "KRW", "₹": "INR", "zloty": "PLN", "złoty": "PLN", "zł": "PLN", "₺": "TRY", "₴": "UAH", "us$": "USD", "c$": "CAD", "a$": "AUD",
}

// several are what people write for currencies of which it may be any.
var several = map[string]string{
	"$": "USD, CAD, AUD", "dollar": "USD, CAD, AUD", "dollars": "USD, CAD, AUD", "¥": "JPY, CNY", "pound": "GBP, EGP", "pounds": "GBP, EGP", "pfund": "GBP, EGP",
	"kr": "SEK, NOK, DKK", "krone": "NOK, DKK", "kronen": "NOK, DKK", "krona": "SEK, ISK", "franc": "CHF, XOF, XAF", "francs": "CHF, XOF, XAF", "fr": "CHF, XOF, XAF",
	"peso": "MXN, ARS, CLP", "pesos": "MXN, ARS, CLP", "rupee": "INR, PKR, LKR", "rupees": "INR, PKR, LKR", "rupie": "INR, PKR, LKR", "won": "KRW, KPW",
}

// Read finds the code of a currency that somebody wrote: the code itself, a sign or a
// plain name. Where that may be one of several it gives these instead.
func Read(typed string) (code, choice string) {
	plain := strings.ToLower(strings.TrimSuffix(strings.TrimSpace(typed), "."))
	if upper := strings.ToUpper(plain); known[upper] {
		return upper, ""
	}
	return names[plain], several[plain]
}
