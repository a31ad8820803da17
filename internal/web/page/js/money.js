/**
 * Amounts as people read them. What is typed goes to the program as it is; here it is only shown and added up, exactly.
 */

const PLACES = 12
const ONE = 10n ** BigInt(PLACES)

/** @type {Object<string, bigint>} */
const UNITS = { '元': 1n, '万元': 10000n, '亿元': 100000000n }

/**
 * An amount without what people put around digits: full-width digits, commas, blanks, the sign of the currency.
 * @param {string} text
 */
export const plain = text => text.normalize('NFKC').replace(/[,，\s￥¥]/g, '')

/**
 * What a text says in 元, counted in the twelfth decimal place; null for what is no amount.
 * @param {string} text
 * @param {string} unit of digits without one of their own
 * @returns {bigint|null}
 */
export function read(text, unit) {
  const m = /^([-−]?)(\d+)(?:\.(\d{0,12}))?(元|万元?|亿元?)?$/.exec(plain(text))
  if (!m) return null
  const of = m[4] ? m[4].replace(/元$/, '') + '元' : unit
  const n = BigInt(m[2]) * ONE + BigInt((m[3] || '').padEnd(PLACES, '0'))
  return (m[1] ? -n : n) * (UNITS[of] || 1n)
}

/**
 * An amount of read in a unit, with commas: at least two decimal places, and all that it has.
 * @param {bigint} amount
 * @param {string} unit
 * @param {number} [least] decimal places
 */
export function write(amount, unit, least = 2) {
  const whole = amount < 0n ? -amount : amount
  // The unit only moves the point, so that nothing is rounded: four more places hold what 万元 leave over.
  const scale = ONE * (UNITS[unit] || 1n)
  const left = (whole % scale).toString().padStart(scale.toString().length - 1, '0').replace(/0+$/, '')
  const decimals = left.padEnd(least, '0')
  return (amount < 0n ? '-' : '') + grouped((whole / scale).toString()) + (decimals ? '.' + decimals : '')
}

/**
 * Digits with commas.
 * @param {string} digits
 */
const grouped = digits => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/**
 * A typed amount as it is shown while nobody types there: in the unit that is asked for, or as it is typed where that is none
 * or where the text is no amount.
 * @param {string} text
 * @param {string} unit it is typed in
 * @param {string} shown '' for that
 */
export function display(text, unit, shown) {
  const amount = read(text, unit)
  if (amount === null) return text
  if (shown && shown !== unit) return write(amount, shown)
  const m = /^([-−]?)(\d+)(\.\d*)?$/.exec(plain(text))
  return m ? m[1] + grouped(m[2]) + (m[3] || '') : text
}
